/* What can be measured on a page: each function returns a list of offenders, empty when all is well. */
(() => {
  const shown = (element) => element.checkVisibility({ opacityProperty: false, visibilityProperty: true }) && element.getClientRects().length > 0;
  const named = (element) => `${element.tagName.toLowerCase()}.${element.className?.baseVal ?? element.className}#${element.id} "${element.textContent.trim().slice(0, 40)}"`;
  const hidden = (element) => element.closest(".vh, [aria-hidden=true], template, dialog:not([open])") !== null;

  function overflowing() {
    const boxes = [document.documentElement, ...document.querySelectorAll(".rail, .sheet, .gallery, dialog")];
    return boxes.filter((box) => shown(box) && box.scrollWidth > box.clientWidth).map((box) => `${named(box)} ${box.scrollWidth} > ${box.clientWidth}`);
  }

  const WHOLE = ".btn, .facts div, .edge__state, .mat--empty > *, .note span, .slip p, .runbar__cost > *, .label, .seg label, .ratios label, .banner p, .hint, .error, h1, .sum, .cap__origin, .read";
  function words(element) {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const { parentElement } = walker.currentNode;
      if (!walker.currentNode.textContent.trim() || parentElement.closest(".vh") || getComputedStyle(parentElement).clipPath !== "none") continue;
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      found.push(...range.getClientRects());
    }
    return found;
  }
  function cuts(box, text) {
    const { overflowX, overflowY } = getComputedStyle(box);
    const around = box.getBoundingClientRect();
    const sideways = /hidden|clip/.test(overflowX) && (text.right > around.right + 1 || text.left < around.left - 1);
    const upright = /hidden|clip/.test(overflowY) && (text.bottom > around.bottom + 1 || text.top < around.top - 1);
    return sideways || upright;
  }
  function clipped() {
    return [...document.querySelectorAll(WHOLE)].filter((element) => {
      if (!shown(element) || hidden(element)) return false;
      const cell = element.closest(".frame, .thumb, .chip")?.getBoundingClientRect();
      return words(element).some((text) => {
        for (let box = element; box !== document.body; box = box.parentElement) if (cuts(box, text)) return true;
        return cell ? text.right > cell.right + 2 : false;
      });
    }).map(named);
  }

  function small() {
    const targets = document.querySelectorAll("a[href], button, summary, select, textarea, input:not([type=hidden])");
    return [...targets].filter((target) => {
      if (!shown(target) || target.closest(".vh, dialog:not([open])")) return false;
      const { width, height } = (target.closest("label") ?? target).getBoundingClientRect();
      return width < 24 || height < 24;
    }).map(named);
  }

  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  function rgba(colour) {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return canvas.getImageData(0, 0, 1, 1).data;
  }
  function luminance([r, g, b]) {
    const [x, y, z] = [r, g, b].map((value) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  }
  function behind(element) {
    for (let box = element; box; box = box.parentElement) {
      const own = rgba(getComputedStyle(box).backgroundColor);
      if (own[3] > 250) return own;
      const selected = box.matches(".frame") && rgba(getComputedStyle(box, "::before").backgroundColor);
      if (selected && selected[3] > 250) return selected;
    }
    return [255, 255, 255, 255];
  }
  function faint() {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const element = walker.currentNode.parentElement;
      if (!walker.currentNode.textContent.trim() || !shown(element) || element.closest(".prompt__mirror, .vh, noscript")) continue;
      const [text, back] = [rgba(getComputedStyle(element).color), behind(element)].map(luminance).sort((a, b) => b - a);
      const ratio = (text + 0.05) / (back + 0.05);
      if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${named(element)}`);
    }
    return found;
  }

  window.measures = { overflowing, clipped, small, faint };
})();
