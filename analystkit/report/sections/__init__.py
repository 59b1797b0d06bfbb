"""The sections of a report, one question each: a collection in; finding, pictures, tables and limits out."""
