# Spark with Sightmill, CUDA's libtorch and S3. From the project's root:
#   docker build -f docker/gpu.Dockerfile --build-arg TORCH_INDEX=... -t sightmill:gpu .
# TORCH_INDEX is the package index of PyTorch's wheels for CUDA 12.8: the general one has them for another CUDA.
# Not run: DJL's engine on a GPU was not tried where this was written.
FROM apache/spark:4.1.0-scala2.13-java17-ubuntu AS spark

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests package
COPY --from=spark /opt/spark/jars /opt/spark-jars
RUN docker/s3-jars.sh .sightmill/spark/jars /opt/s3 /opt/spark-jars && mkdir -p /opt/empty/data /opt/empty/events

# DJL's JNI is built for this version of libtorch; Maven Central has no CUDA build of it, PyTorch's own wheel has.
FROM python:3.11-slim AS libtorch
ARG TORCH_INDEX
RUN pip install --no-cache-dir --target /opt/torch --extra-index-url "${TORCH_INDEX:?}" torch==2.7.1+cu128

FROM nvidia/cuda:12.8.1-runtime-ubuntu22.04
# hadolint ignore=DL3008
RUN apt-get update && apt-get install -y --no-install-recommends openjdk-17-jre-headless tini wget \
    && rm -rf /var/lib/apt/lists/* \
    && groupadd --system --gid 185 spark && useradd --system --uid 185 --gid spark spark
COPY --chown=185:185 --from=build /opt/empty /
COPY --chown=185:185 --from=spark /opt/spark /opt/spark
COPY --chown=185:185 --from=build /opt/s3 /opt/spark/jars
COPY --chown=185:185 --from=libtorch /opt/torch /opt/torch
COPY --chown=185:185 --from=build /src/jobs/target/sightmill.jar /opt/sightmill/sightmill.jar
COPY --chown=185:185 conf /opt/sightmill/conf
COPY --chown=185:185 conf/spark docker/spark-defaults.conf /opt/spark/conf/
COPY --chown=185:185 docker/discover-gpus.sh /opt/sightmill/discover-gpus.sh
ENV SPARK_HOME=/opt/spark PYTORCH_LIBRARY_PATH=/opt/torch/torch/lib PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cu128 \
    DJL_CACHE_DIR=/tmp/djl DJL_OFFLINE=true
USER 185
WORKDIR /opt/sightmill
ENTRYPOINT ["/usr/bin/tini", "--"]
