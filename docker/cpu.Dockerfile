# Spark with Sightmill, its native library and S3, for machines without a GPU. From the project's root:
#   docker build -f docker/cpu.Dockerfile -t sightmill:cpu .
FROM apache/spark:4.1.0-scala2.13-java17-ubuntu AS spark

FROM maven:3.9-eclipse-temurin-17 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 mvn -B -ntp -DskipTests package
COPY --from=spark /opt/spark/jars /opt/spark-jars
RUN docker/s3-jars.sh .sightmill/spark/jars /opt/s3 /opt/spark-jars
# The library that DJL would unpack at first use, unpacked once, so that a container starts offline and read-only.
WORKDIR /opt/libtorch
RUN jar xf /src/.sightmill/native/pytorch-native-cpu-*.jar pytorch/cpu \
    && mv pytorch/cpu/*/*.so* . \
    && rm -r pytorch
# Volumes take their owner from these.
RUN mkdir -p /opt/empty/data /opt/empty/events

FROM spark
USER root
COPY --chown=185:185 --from=build /opt/empty /
COPY --chown=185:185 --from=build /opt/s3 /opt/spark/jars
COPY --chown=185:185 --from=build /opt/libtorch /opt/libtorch
COPY --chown=185:185 --from=build /src/jobs/target/sightmill.jar /opt/sightmill/sightmill.jar
COPY --chown=185:185 conf /opt/sightmill/conf
COPY --chown=185:185 conf/spark docker/spark-defaults.conf /opt/spark/conf/
ENV PYTORCH_LIBRARY_PATH=/opt/libtorch PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cpu \
    DJL_CACHE_DIR=/tmp/djl DJL_OFFLINE=true OMP_NUM_THREADS=1
USER 185
WORKDIR /opt/sightmill
