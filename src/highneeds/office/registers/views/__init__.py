"""The pages of this part. Views ask and show; actions change."""
