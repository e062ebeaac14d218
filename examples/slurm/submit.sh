#!/usr/bin/env bash
# A run split over an array of jobs, and its merge when all of them have ended:
#
#   submit.sh SHARDS OUT MODEL [options of mesoflux run]
#
# The same line again computes what is missing in OUT, and nothing else.
set -euo pipefail
if [ $# -lt 3 ]; then
  echo "usage: submit.sh SHARDS OUT MODEL [options of mesoflux run]" >&2
  exit 2
fi
here=$(cd "$(dirname "$0")" && pwd)
shards=$1 out=$2

array=$(sbatch --parsable --array="1-$shards" "$here/array.sbatch" "$@")
# afterany: should a shard fail, merge runs nevertheless and says what is missing.
merge=$(sbatch --parsable --dependency="afterany:$array" "$here/merge.sbatch" "$out")
echo "array $array"
echo "merge $merge"
