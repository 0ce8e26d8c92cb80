"""Whether a bundle is what it was: by the same file that lies in every bundle, for surfaces, which know no other folder."""

from adapters.bundle.verify import Report, verify

__all__ = ["Report", "verify"]
