"""What a browser complains of while a test runs: an error of script, or a breach of the content security policy."""

from playwright.sync_api import Page


class Complaints(list[str]):
    """Of every page that is ``heard``; a test asserts that there are none."""

    def heard(self, page: Page) -> Page:
        page.on("pageerror", lambda error: self.append(str(error)))
        page.on("console", lambda said: self.append(said.text) if "Content Security Policy" in said.text else None)
        return page
