"""Banks to which transfers go, by the six digits that VietQR knows them by (NAPAS' list of members, November 2026)."""

BANKS = {
    "970436": "Vietcombank",
    "970415": "VietinBank",
    "970418": "BIDV",
    "970405": "Agribank",
    "970407": "Techcombank",
    "970422": "MB Bank",
    "970416": "ACB",
    "970432": "VPBank",
    "970423": "TPBank",
    "970403": "Sacombank",
    "970437": "HDBank",
    "970441": "VIB",
    "970443": "SHB",
    "970431": "Eximbank",
    "970426": "MSB",
    "970440": "SeABank",
    "970448": "OCB",
    "970449": "LPBank",
    "970428": "Nam A Bank",
    "970425": "ABBANK",
    "970409": "Bac A Bank",
    "970412": "PVcomBank",
    "970427": "VietABank",
    "970429": "SCB",
    "970400": "Saigonbank",
    "970452": "Kienlongbank",
    "970433": "VietBank",
    "970419": "NCB",
    "970438": "BaoViet Bank",
    "970424": "Shinhan Bank",
    "970446": "Co-opBank",
}


def bank_name(bin_: str) -> str:
    """What people call it; its digits for one that is not listed any more."""
    return BANKS.get(bin_, bin_)
