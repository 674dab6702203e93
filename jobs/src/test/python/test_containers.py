"""The container files, without a container engine: linted, and their scripts run."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
import time
import urllib.request

import pytest
import yaml

PROJECT = pathlib.Path(__file__).parents[4]
DOCKER = PROJECT / "docker"
TOOLS = pathlib.Path(sys.executable).parent
SPARK = pathlib.Path(os.environ["SIGHTMILL_JAR"]).parent / "spark"
COMPOSE_GO = "v2.16.2"
IMAGES = sorted(file.name.split(".")[0] for file in DOCKER.glob("*.Dockerfile"))


# Makes the file system of a server that nobody asks yet, and looks for Spark's committers.
REACH = """
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;

public class Reach {
  public static void main(String[] arguments) throws Exception {
    Class.forName("org.apache.spark.internal.io.cloud.PathOutputCommitProtocol");
    Configuration hadoop = new Configuration();
    hadoop.set("fs.s3a.access.key", "k");
    hadoop.set("fs.s3a.secret.key", "s");
    hadoop.set("fs.s3a.endpoint", "http://127.0.0.1:9");
    System.out.println(FileSystem.get(new URI("s3a://mill/"), hadoop).getScheme());
    System.exit(0);
  }
}
"""


@pytest.fixture(scope="module")
def services() -> dict:
    return yaml.safe_load((DOCKER / "compose.yaml").read_text())["services"]


@pytest.mark.parametrize("image", IMAGES)
def test_hadolint_has_no_warning(image):
    command = [TOOLS / "hadolint", "--failure-threshold", "warning", DOCKER / f"{image}.Dockerfile"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_compose_file_is_valid_and_has_nothing_of_high_severity():
    command = [TOOLS / "compose-lint", DOCKER / "compose.yaml"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_docker_compose_reads_the_file_with_all_its_profiles(services):
    """What ``docker compose config`` does, by the package it is made of; a Go of PyPI builds it."""
    loader = f"github.com/compose-spec/compose-go/v2/cmd@{COMPOSE_GO}"
    built = SPARK.parent / "go"
    environment = os.environ | {
        "COMPOSE_PROFILES": "*", "GOTOOLCHAIN": "local", "GOFLAGS": "-modcacherw",
        "GOPATH": str(built), "GOCACHE": str(built / "cache"),
    }  # fmt: skip
    command = [TOOLS / "go", "run", loader, "-format", "json", DOCKER / "compose.yaml"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read = json.loads(done.stdout)["services"]
    assert set(read) == set(services)
    assert read["spark-worker-gpu"]["cap_drop"] == ["ALL"]  # merged from the anchor


@pytest.mark.parametrize("indices, addresses", [("0", ["0"]), ("0\n1\n7", ["0", "1", "7"])])
def test_the_discovery_script_prints_what_spark_reads(tmp_path, indices, addresses):
    fake = tmp_path / "nvidia-smi"
    fake.write_text(f"#!/bin/sh\ncat <<END\n{indices}\nEND\n")
    fake.chmod(0o755)
    environment = os.environ | {"PATH": f"{tmp_path}:{os.environ['PATH']}"}
    done = subprocess.run([DOCKER / "discover-gpus.sh"], env=environment, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout) == {"name": "gpu", "addresses": addresses}


@pytest.mark.parametrize("image", IMAGES)
def test_what_an_image_copies_from_the_project_is_there(image):
    for line in (DOCKER / f"{image}.Dockerfile").read_text().splitlines():
        if line.startswith("COPY") and "--from" not in line:
            *sources, _ = (word for word in line.split()[1:] if not word.startswith("--"))
            for source in sources:
                assert (PROJECT / source).exists(), f"{image}.Dockerfile copies {source}"


@pytest.mark.parametrize("image", IMAGES)
def test_an_image_ends_as_an_ordinary_user(image):
    text = (DOCKER / f"{image}.Dockerfile").read_text()
    last = text[text.rindex("\nFROM ") :]
    users = re.findall(r"^USER (.+)$", last, re.MULTILINE)
    assert users[-1:] in (["185"], []) and "root" not in users[-1:]
    assert users or "apache/airflow" in last  # whose own user is airflow


def test_every_service_says_whether_it_is_well_and_holds_no_rights(services):
    assert set(services) == {
        "spark-master", "spark-worker", "spark-worker-gpu", "history-server", "s3", "airflow",
    }  # fmt: skip
    for name, service in services.items():
        assert service["healthcheck"]["test"], name
        assert service["cap_drop"] == ["ALL"], name
        assert service.get("user", "185").split(":")[0] != "0", name


def test_what_the_images_add_for_s3_completes_a_spark_home_without_it(tmp_path):
    added = tmp_path / "s3"
    distribution = tmp_path / "jars"
    distribution.mkdir()
    (distribution / "httpcore-4.4.0.jar").touch()
    subprocess.run([DOCKER / "s3-jars.sh", SPARK / "jars", added, distribution], check=True)
    names = {file.name for file in added.iterdir()}
    assert any(name.startswith("hadoop-aws-") for name in names)
    assert not any(name.startswith("httpcore-") for name in names), "a distribution keeps its own"
    assert sum(file.stat().st_size for file in added.iterdir()) < 20 << 20
    rest = [str(jar) for jar in (SPARK / "jars").glob("*.jar") if jar.name not in names]
    main = tmp_path / "Reach.java"
    main.write_text(REACH)
    java = pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java" if "JAVA_HOME" in os.environ else "java"
    done = subprocess.run(
        [java, "-cp", f"{added}/*:{':'.join(rest)}", main], capture_output=True, text=True, check=False
    )
    assert done.stdout.split()[:1] == ["s3a"], done.stderr[-2000:]


def test_the_kubernetes_manifest_submits_what_the_jar_takes_by_the_settings_of_the_presets():
    spec = yaml.safe_load((DOCKER / "spark-application.yaml").read_text())["spec"]
    command, *arguments = spec["arguments"]
    shown = subprocess.run(["sightmill", command, "--help"], capture_output=True, text=True, check=True).stdout
    for option in (word for word in arguments if word.startswith("--")):
        assert option in shown
    presets = {}
    for name in ("cpu", "s3"):
        for line in (PROJECT / "conf" / "spark" / f"{name}.conf").read_text().splitlines():
            if line and not line.startswith("#"):
                key, value = line.split(maxsplit=1)
                presets[key] = value
    for key, value in spec["sparkConf"].items():
        assert presets.get(key, value) == value, key
    assert spec["driver"]["securityContext"]["runAsNonRoot"] and spec["executor"]["securityContext"]["runAsNonRoot"]


def test_the_servers_of_the_compose_file_start_and_are_well_by_its_own_checks(services, tmp_path):
    """The commands and health checks of master, worker and history server, with this machine's Spark and ports moved."""
    started = []
    environment = os.environ | {"SPARK_HOME": str(SPARK), "SPARK_SCALA_VERSION": "2.13", "SPARK_LOCAL_IP": "127.0.0.1"}
    java = str(pathlib.Path(os.environ["JAVA_HOME"]) / "bin" / "java") if "JAVA_HOME" in os.environ else "java"
    options = shlex.split((SPARK.parent / "jvm.options").read_text())
    moved = {"8080": "18480", "8081": "18481", "18080": "18482", "7077": "18477"}

    def here(words):
        words = [word.replace("spark-master", "127.0.0.1").replace("file:/events", f"file:{tmp_path}") for word in words]
        return [re.sub(r":(\d+)", lambda port: ":" + moved.get(port[1], port[1]), word) for word in words]

    def start(name, *more):
        command = services[name]["command"]
        assert command[0] == "/opt/spark/bin/spark-class"
        history = services[name].get("environment", {}).get("SPARK_HISTORY_OPTS", "").split()
        log = (tmp_path / f"{name}.log").open("w")
        started.append(
            subprocess.Popen(
                [java, "-Xmx384m", *options, *here(history), *more_options.get(name, []), "-cp", f"{SPARK}/jars/*"]
                + here(command[1:]) + list(more),
                env=environment, stdout=log, stderr=log,
            )
        )  # fmt: skip

    def well(name):
        *_, url = here(services[name]["healthcheck"]["test"])
        limit = time.monotonic() + 90
        while time.monotonic() < limit:
            try:
                with urllib.request.urlopen(url, timeout=10):
                    return True
            except OSError:
                time.sleep(0.5)
        return False

    more_options = {"history-server": ["-Dspark.history.ui.port=18482"]}
    try:
        start("spark-master", "--port", "18477", "--webui-port", "18480")
        assert well("spark-master"), (tmp_path / "spark-master.log").read_text()[-2000:]
        start("spark-worker", "--webui-port", "18481", "--work-dir", str(tmp_path / "work"))
        start("history-server")
        for name in ("spark-worker", "history-server"):
            assert well(name), (tmp_path / f"{name}.log").read_text()[-2000:]
        with urllib.request.urlopen("http://127.0.0.1:18480/json/", timeout=10) as answer:
            assert json.load(answer)["aliveworkers"] == 1
    finally:
        for process in started:
            process.kill()
            process.wait()
