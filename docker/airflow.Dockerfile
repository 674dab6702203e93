# Airflow with the DAGs, and the Spark and the jar that they submit. From the project's root, after sightmill:cpu:
#   docker build -f docker/airflow.Dockerfile -t sightmill:airflow .
ARG SIGHTMILL=sightmill:cpu
# hadolint ignore=DL3006
FROM ${SIGHTMILL} AS sightmill

FROM apache/airflow:3.3.2-python3.12
COPY jobs/src/test/airflow/requirements.txt jobs/src/test/airflow/constraints.txt /tmp/
# The versions that the DAGs are tested with, without what only tests need.
RUN grep -v pytest /tmp/requirements.txt >/tmp/providers.txt \
    && pip install --no-cache-dir --requirement /tmp/providers.txt --constraint /tmp/constraints.txt
COPY --from=sightmill /opt/java/openjdk /opt/java/openjdk
COPY --from=sightmill /opt/spark /opt/spark
COPY --from=sightmill /opt/libtorch /opt/libtorch
COPY --from=sightmill /opt/sightmill /opt/sightmill
COPY jobs/dags /opt/sightmill/dags
ENV JAVA_HOME=/opt/java/openjdk SPARK_HOME=/opt/spark PATH="/opt/spark/bin:${PATH}" \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/sightmill/dags AIRFLOW__CORE__LOAD_EXAMPLES=False \
    PYTORCH_LIBRARY_PATH=/opt/libtorch PYTORCH_VERSION=2.7.1 PYTORCH_FLAVOR=cpu DJL_CACHE_DIR=/tmp/djl DJL_OFFLINE=true
WORKDIR /opt/sightmill
