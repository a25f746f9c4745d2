"""From a prepared report to two signatures, to DfE's answer and the published page."""
