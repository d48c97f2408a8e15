// The JSON API of this workbench, and nothing else: every address is a path of this server.

export class ApiError extends Error {
  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}

export function csrfToken(): string {
  return document.body.dataset["csrf"] ?? "";
}

/** Ask the server for JSON. Throws `ApiError` with the server's own words where it refuses. */
export async function ask<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await fetch(path, {
    credentials: "same-origin",
    ...init,
    headers: { accept: "application/json", "x-csrf-token": csrfToken(), ...(init.body ? { "content-type": "application/json" } : {}), ...init.headers },
  });
  if (!response.ok) throw new ApiError(await reason(response), response.status);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

async function reason(response: Response): Promise<string> {
  const said: unknown = await response.json().catch(() => null);
  if (said && typeof said === "object" && "detail" in said && typeof said.detail === "string") return said.detail;
  return `${response.status} ${response.statusText}`;
}

export function post<T>(path: string, body: unknown): Promise<T> {
  return ask<T>(path, { method: "POST", body: JSON.stringify(body) });
}

/** The JSON that the page brought along in `<script type="application/json" id=…>`. */
export function pageData<T>(id: string): T {
  const holder = document.getElementById(id);
  if (!holder) throw new Error(`the page has no data ${id}`);
  return JSON.parse(holder.textContent ?? "null") as T;
}
