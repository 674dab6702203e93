#!/usr/bin/env bash
# Copies what S3 needs from a Spark home made of Maven's jars, as 'mvn package' leaves it in .sightmill/spark/jars: Spark's
# committers, Hadoop's connector and the modules of the AWS SDK that it calls. Jars whose artifact is in a third folder, in
# whatever version, stay out: a Spark distribution has its own.
#   s3-jars.sh .sightmill/spark/jars TARGET /opt/spark/jars
set -euo pipefail
from="$1" to="$2" has="$3"

artifact() { basename "$1" | sed -E 's/-[0-9][^-]*(-[A-Za-z][^-]*)*\.jar$//'; }

mkdir -p "$to"
sdk="$(basename "$from"/s3-transfer-manager-*.jar .jar)"
sdk="${sdk#s3-transfer-manager-}"
for jar in "$from"/spark-hadoop-cloud_*.jar "$from"/hadoop-aws-*.jar "$from"/*-"$sdk".jar "$from"/eventstream-*.jar \
  "$from"/reactive-streams-*.jar "$from"/httpclient-4*.jar "$from"/httpcore-4*.jar; do
  if ! compgen -G "$has/$(artifact "$jar")-[0-9]*.jar" >/dev/null; then
    cp "$jar" "$to/"
  fi
done
