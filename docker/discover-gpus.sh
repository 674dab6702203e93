#!/usr/bin/env bash
# Tells Spark this machine's GPUs: one JSON object with the device indexes that CUDA counts by. Set it as
# spark.worker.resource.gpu.discoveryScript (standalone) or spark.executor.resource.gpu.discoveryScript (YARN, Kubernetes).
set -euo pipefail

indexes="$(nvidia-smi --query-gpu=index --format=csv,noheader)"
addresses="$(printf '%s\n' "$indexes" | sed 's/[[:space:]]//g; /^$/d; s/.*/"&"/' | paste -sd, -)"
printf '{"name": "gpu", "addresses": [%s]}\n' "$addresses"
