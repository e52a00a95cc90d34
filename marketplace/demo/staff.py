"""The demonstration's staff account: made by `load_demo`, told by `make run`. Importable without Django."""

EMAIL = "nhan-vien@cho-ocop.example"
PASSWORD = "cho-ocop-demo"  # noqa: S105  it is printed at every start and exists in demonstrations only
