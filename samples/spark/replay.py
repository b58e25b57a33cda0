"""Holds a large log against a policy, one partition at a time.

    spark-submit samples/spark/replay.py POLICY LOGS OUT

LOGS is whatever Spark reads as text (s3://bucket/AWSLogs/…, a folder, *.gz). Each partition is piped through
`sekisho replay --partial`; OUT is a folder for the parts, which `sekisho replay --merge` joins. The program and the
policy must be on every worker: `--files sekisho,policy.yaml`, or in the image.
"""

import os
import subprocess
import sys
from pathlib import Path

from pyspark.sql import SparkSession

SEKISHO = os.environ.get("SEKISHO", "sekisho")


def count(policy):
    def of_partition(lines):
        command = [SEKISHO, "replay", policy, "-", "--threads", "1", "--partial", "-"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as run:
            # The part is written when the last line is read, so that neither side waits for the other.
            for line in lines:
                run.stdin.write(line + "\n")
            run.stdin.close()
            part = run.stdout.read()
        if run.returncode != 0:
            raise RuntimeError(f"sekisho ended with {run.returncode}")
        yield part

    return of_partition


def main(policy, logs, out):
    spark = SparkSession.builder.appName("sekisho replay").getOrCreate()
    parts = spark.sparkContext.textFile(logs).mapPartitions(count(policy))
    folder = Path(out)
    folder.mkdir(parents=True, exist_ok=True)
    names = []
    for number, part in enumerate(parts.toLocalIterator()):
        name = folder / f"part-{number:05}.json"
        name.write_text(part)
        names.append(str(name))
    spark.stop()
    subprocess.run([SEKISHO, "replay", "--merge", *names], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
