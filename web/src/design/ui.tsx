/** Small parts that every screen shares. */
import type { ComponentProps, CSSProperties, ReactNode } from 'react';
import { initials } from '@/lib/format';
import s from './ui.module.css';

export const tint = (hue: number) => ({ '--h': hue }) as CSSProperties;

interface MonogramProps {
  name: string;
  hue: number;
  size?: number;
  round?: boolean;
}
export function Monogram({ name, hue, size = 18, round = false }: MonogramProps) {
  const style = { ...tint(hue), width: size, height: size, fontSize: size * 0.44 };
  return (
    <span className={s.mono} data-round={round || undefined} style={style} aria-hidden title={name}>
      {round ? initials(name) : name[0]}
    </span>
  );
}
export type Tone = 'neutral' | 'accent' | 'red' | 'amber' | 'green' | 'violet' | 'teal';
interface BadgeProps {
  tone?: Tone;
  icon?: ReactNode;
  children: ReactNode;
  title?: string;
}
export function Badge({ tone = 'neutral', icon, children, title }: BadgeProps) {
  return (
    <span className={s.badge} data-tone={tone} title={title}>
      {icon}
      {children}
    </span>
  );
}
interface ChipProps extends ComponentProps<'button'> {
  active?: boolean;
  icon?: ReactNode;
}
export function Chip({ active, icon, children, className, ...rest }: ChipProps) {
  return (
    <button
      type="button"
      {...rest}
      className={className ? `${s.chip} ${className}` : s.chip}
      data-active={active || undefined}
      aria-pressed={active}
    >
      {icon}
      {children}
    </button>
  );
}
/** Exit criteria met, out of all: one small bar each. */
export function Segments({ done, total, label }: { done: number; total: number; label: string }) {
  return (
    <span className={s.segments} role="img" aria-label={label} title={label}>
      {Array.from({ length: total }, (_, index) => (
        <i key={index} data-on={index < done || undefined} />
      ))}
    </span>
  );
}
interface StatProps {
  label: string;
  value: ReactNode;
  hint?: ReactNode;
  tone?: Tone;
}
export function Stat({ label, value, hint, tone }: StatProps) {
  return (
    <div className={s.stat}>
      <span className={s.statLabel}>{label}</span>
      <span className={s.statValue} data-tone={tone}>
        {value}
        {hint != null && <small>{hint}</small>}
      </span>
    </div>
  );
}
export const Kbd = ({ children }: { children: ReactNode }) => <kbd className={s.kbd}>{children}</kbd>;

/** The wind rose: the mark of the product. */
export function Rose({ size = 20 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden style={{ flex: 'none', borderRadius: size * 0.26 }}>
      <rect width="32" height="32" fill="#20326f" />
      <path d="M0 0 32 32M32 0 0 32M0 8 32 24M0 24 32 8M8 0 24 32M24 0 8 32" stroke="#fff" strokeOpacity=".28" />
      <path d="M16 3.5 18.8 13.2 28.5 16 18.8 18.8 16 28.5 13.2 18.8 3.5 16 13.2 13.2Z" fill="#fff" />
      <path d="M16 3.5 18.8 13.2 16 16Z" fill="#e4572e" />
    </svg>
  );
}
