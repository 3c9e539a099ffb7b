/** A ring that fills as the pipeline goes; a tick when won, a cross when lost. */
interface Props {
  progress: number;
  kind?: 'won' | 'lost' | undefined;
  size?: number;
}
const RADIUS = 3;
const ROUND = 2 * Math.PI * RADIUS;
export function StageGlyph({ progress, kind, size = 14 }: Props) {
  const colour =
    kind === 'won' ? 'var(--pt-green)' : kind === 'lost' ? 'var(--pt-text-3)' : 'var(--tint, var(--pt-accent))';
  const pen = { fill: 'none', stroke: 'var(--pt-surface)', strokeWidth: 1.5, strokeLinecap: 'round' } as const;
  return (
    <svg width={size} height={size} viewBox="0 0 14 14" aria-hidden style={{ flex: 'none' }}>
      {kind ? (
        <>
          <circle cx="7" cy="7" r="6.2" fill={colour} />
          <path d={kind === 'won' ? 'M4.3 7.2 6.3 9.1 9.8 5.1' : 'M5 5l4 4M9 5l-4 4'} {...pen} />
        </>
      ) : (
        <>
          <circle
            cx="7"
            cy="7"
            r="6"
            fill="none"
            stroke={colour}
            strokeWidth="1.4"
            strokeDasharray={progress < 0.1 ? '1.9 1.9' : undefined}
          />
          <circle
            cx="7"
            cy="7"
            r={RADIUS}
            fill="none"
            stroke={colour}
            strokeWidth={RADIUS * 2}
            strokeDasharray={`${ROUND * progress} ${ROUND}`}
            transform="rotate(-90 7 7)"
          />
        </>
      )}
    </svg>
  );
}
