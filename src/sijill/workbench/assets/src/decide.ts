// The decisions that a person makes here, as the API takes them.
import { post } from "./api";
import type { Span } from "./text";

export type Deciding =
  | { what: "accept"; part: string }
  | { what: "correct"; part: string; path: string; value: unknown; evidence?: Span[] }
  | { what: "reject"; part: string; reason?: string }
  | { what: "skip"; part: string }
  | { what: "add"; report: string; kind: string; values: Record<string, unknown> }
  | { what: "merge"; events: string[]; reason?: string }
  | { what: "split"; events: string[]; others: string[]; reason?: string }
  | { what: "undo"; decision: string };

export interface Decided {
  hash: string;
  accounts: string[];
}

export function decide(deciding: Deciding): Promise<Decided> {
  return post<Decided>("/api/v1/decisions", deciding);
}
