/** One figure of the bench. */
export interface Measurement {
  readonly name: string;
  /** A median ratio where there is a peer, else the figure that the name says. */
  readonly value: number;
  /** The value is to stay at or below this, or at or above where `direction` says so. */
  readonly goal?: number;
  readonly direction?: 'at-least';
  /** What was compared: medians of both sides. */
  readonly ours?: number;
  readonly theirs?: number;
}

/** @param share 0–1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN);
}

/** The median of the ratios pair by pair, so that a machine whose speed drifts shifts both sides alike. */
export function ratio(name: string, ours: readonly number[], theirs: readonly number[], goal?: number): Measurement {
  const ratios = ours.map((value, index) => value / (theirs[index] ?? NaN));
  return { name, value: quantile(ratios, 0.5), ...(goal !== undefined && { goal }), ours: quantile(ours, 0.5), theirs: quantile(theirs, 0.5) };
}

/** Whether a goal, if there is one, is met. */
export function isMet({ value, goal, direction }: Measurement): boolean {
  if (goal === undefined) return true;
  return direction === 'at-least' ? value >= goal : value <= goal;
}

/** To three significant digits. */
export function round(value: number): number {
  return Number(value.toPrecision(3));
}
