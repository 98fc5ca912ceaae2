"""The benchmarks: each job beside a floor that is measured in the same run, so that the ratio means something."""
