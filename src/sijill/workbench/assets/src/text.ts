// Between the DOM and the offsets of the report's text. Offsets are Unicode code points, end exclusive; JavaScript counts
// UTF-16 units, so nothing here uses a string's length. Each segment carries its own offsets (data-start, data-end): only
// within one segment are code points counted.

export interface Span {
  start: number;
  end: number;
}

/** The number of code points of a string. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

function numberOf(element: Element, name: "start" | "end"): number {
  return Number(element.getAttribute(`data-${name}`));
}

/** The code points before UTF-16 unit `at`; an `at` inside a surrogate pair counts as before it. */
function codePointsBefore(text: string, at: number): number {
  const code = text.charCodeAt(at);
  const inside = at > 0 && code >= 0xdc00 && code <= 0xdfff;
  return codePoints(text.slice(0, inside ? at - 1 : at));
}

/** The offset in the report's text of a point in the DOM; null where the point is outside of `root`. */
export function offsetAt(root: Element, node: Node, at: number): number | null {
  if (node !== root && !root.contains(node)) return null;
  if (node instanceof Text) {
    const segment = node.parentElement?.closest("[data-start]");
    if (!segment || !root.contains(segment)) return nearestAfter(root, node);
    let before = 0;
    for (const child of segment.childNodes) {
      if (child === node) return numberOf(segment, "start") + before + codePointsBefore(node.data, at);
      before += codePoints(child.textContent ?? "");
    }
    return numberOf(segment, "start");
  }
  const child = node.childNodes[at];
  if (child) {
    const inner = child instanceof Element ? (child.matches("[data-start]") ? child : child.querySelector("[data-start]")) : null;
    if (inner) return numberOf(inner, "start");
    return child instanceof Text ? offsetAt(root, child, 0) : startOf(node, root);
  }
  const last = node.lastChild;
  if (last instanceof Element) {
    const inner = last.matches("[data-end]") ? last : [...last.querySelectorAll("[data-end]")].at(-1);
    if (inner) return numberOf(inner, "end");
  }
  if (last instanceof Text) return offsetAt(root, last, last.length);
  return startOf(node, root);
}

function startOf(node: Node, root: Element): number | null {
  const element = node instanceof Element ? node : node.parentElement;
  const holder = element?.closest("[data-start]");
  return holder && root.contains(holder) ? numberOf(holder, "start") : null;
}

function nearestAfter(root: Element, node: Node): number {
  for (const segment of root.querySelectorAll("[data-start]")) {
    if (node.compareDocumentPosition(segment) & Node.DOCUMENT_POSITION_FOLLOWING) return numberOf(segment, "start");
  }
  const last = [...root.querySelectorAll("[data-end]")].at(-1);
  return last ? numberOf(last, "end") : 0;
}

/** What is selected of the text under `root`, without white space at its ends; null where nothing is. */
export function selectedSpan(root: Element, selection: Selection | null = document.getSelection()): Span | null {
  if (!selection || selection.isCollapsed || selection.rangeCount === 0) return null;
  const whole = document.createRange();
  whole.selectNodeContents(root);
  const range = selection.getRangeAt(0).cloneRange();
  if (range.compareBoundaryPoints(Range.END_TO_START, whole) >= 0 || range.compareBoundaryPoints(Range.START_TO_END, whole) <= 0) return null;
  if (range.compareBoundaryPoints(Range.START_TO_START, whole) < 0) range.setStart(whole.startContainer, whole.startOffset);
  if (range.compareBoundaryPoints(Range.END_TO_END, whole) > 0) range.setEnd(whole.endContainer, whole.endOffset);
  const start = offsetAt(root, range.startContainer, range.startOffset);
  const end = offsetAt(root, range.endContainer, range.endOffset);
  if (start === null || end === null || start >= end) return null;
  return trimmed(root, { start, end });
}

const BLANK = /^[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\u061c\ufeff]$/u;

/** The span without white space, line ends and invisible controls at its ends; null where nothing else is in it. */
function trimmed(root: Element, span: Span): Span | null {
  let first: number | null = null;
  let stop = span.start;
  for (const segment of segmentsIn(root, span)) {
    let at = numberOf(segment, "start");
    for (const sign of segment.textContent ?? "") {
      if (at >= span.start && at < span.end && !BLANK.test(sign)) {
        first ??= at;
        stop = at + 1;
      }
      at += 1;
    }
  }
  return first === null ? null : { start: first, end: stop };
}

/** The segments (not the paragraphs) that a span touches, in order. */
export function segmentsIn(root: Element, span: Span): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>("p > [data-start]")].filter(
    (segment) => numberOf(segment, "start") < span.end && numberOf(segment, "end") > span.start,
  );
}

/** The words of a span as the page shows them, lines parted by a line end. */
export function wordsOf(root: Element, span: Span): string {
  let words = "";
  let line: Element | null = null;
  for (const segment of segmentsIn(root, span)) {
    if (line && segment.parentElement !== line) words += "\n";
    line = segment.parentElement;
    const start = numberOf(segment, "start");
    words += [...(segment.textContent ?? "")].slice(Math.max(0, span.start - start), span.end - start).join("");
  }
  return words;
}

/** A DOM range for each line of a span, to be painted or measured. */
export function rangesOf(root: Element, span: Span): Range[] {
  return segmentsIn(root, span).flatMap((segment) => {
    const node = segment.firstChild;
    if (!(node instanceof Text)) return [];
    const start = numberOf(segment, "start");
    const range = document.createRange();
    range.setStart(node, unitsBefore(node.data, span.start - start));
    range.setEnd(node, unitsBefore(node.data, span.end - start));
    return [range];
  });
}

/** UTF-16 units before code point `at`. */
function unitsBefore(text: string, at: number): number {
  let units = 0;
  let left = at;
  for (const sign of text) {
    if (left <= 0) break;
    units += sign.length;
    left -= 1;
  }
  return units;
}
