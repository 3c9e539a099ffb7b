/** What the server answers when it refuses, and how the screens hear about it. */
export interface ProblemItem {
  where: string;
  code: string;
  detail: string;
}
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly problems: ProblemItem[];
  readonly details: Record<string, unknown>;
  constructor(
    status: number,
    body: Partial<{ code: string; title: string; problems: ProblemItem[]; details: Record<string, unknown> }>,
  ) {
    super(body.title ?? `HTTP ${status}`);
    this.status = status;
    this.code = body.code ?? 'http.failed';
    this.problems = body.problems ?? [];
    this.details = body.details ?? {};
  }
  /** The whole refusal in sentences. */
  get sentences(): string[] {
    return this.problems.length ? this.problems.map((each) => each.detail) : [this.message];
  }
}
export const asProblem = (error: unknown): Problem =>
  error instanceof Problem
    ? error
    : new Problem(0, { code: 'http.unreachable', title: String((error as Error).message) });
