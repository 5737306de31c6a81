"""The pictures of README and guides: the demonstration district in Chromium, into docs/images/."""

import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests import services

TARGET = ROOT / "docs" / "images"
PLANNER, REVIEWER = "100016", "100080"
WIDE, NARROW = (1440, 900), (390, 844)
FIRST_ROW = "main table tbody a"
# Name, who looks, where (and which link to follow from there), size of the window.
PICTURES = (
    ("dashboard", PLANNER, "/dashboard/", "", WIDE),
    ("cases", PLANNER, "/benchmarking/", "", WIDE),
    ("case", PLANNER, "/benchmarking/?state=in_review", FIRST_ROW, WIDE),
    ("statistics", PLANNER, "/statistics/", "", WIDE),
    ("todo", REVIEWER, "/", "", WIDE),
    ("review", REVIEWER, "/", "main a:has-text('검토하기')", WIDE),
    ("todo-phone", REVIEWER, "/", "", NARROW),
)


def sign_in(browser: Browser, address: str, account: str, password: str, size: tuple[int, int]) -> Page:
    page = browser.new_page(
        base_url=address, locale="ko-KR", timezone_id="Asia/Seoul",
        viewport={"width": size[0], "height": size[1]},
    )  # fmt: skip
    page.goto("/login/")
    page.fill("[name=username]", account)
    page.fill("[name=password]", password)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)
    return page


def main() -> None:
    TARGET.mkdir(parents=True, exist_ok=True)
    with services.folder("screenshots") as folder, sync_playwright() as playwright:
        office = services.Office({"DATA_DIR": str(folder), "DEMO": "1", "LOG_LEVEL": "ERROR"}, folder)
        office.manage("migrate", "-v0")
        office.manage("collectstatic", "--noinput", "-v0")
        accounts = office.manage("load_demo", seconds=900).stdout
        password = accounts.partition("비밀번호(모두 같음): ")[2].split()[0]
        try:
            address = office.web()
            browser = playwright.chromium.launch(
                executable_path=str(services.chromium_binary()), args=services.CHROMIUM_FLAGS
            )
            for name, account, path, link, size in PICTURES:
                page = sign_in(browser, address, account, password, size)
                page.goto(path)
                if link:
                    page.locator(link).first.click()
                page.wait_for_load_state("networkidle")
                page.screenshot(path=TARGET / f"{name}.png")
                page.context.close()
                print(f"docs/images/{name}.png")
            browser.close()
        finally:
            office.close()


if __name__ == "__main__":
    main()
