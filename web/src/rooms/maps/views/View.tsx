/** The views of a map beside its drawing: one place says which there are. */
import { Button } from '@mantine/core';
import { IconPrinter } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import p from '@/design/printed.module.css';
import { Empty } from '@/design/states';
import { useLately } from '../queries';
import type { Shape } from '../search';
import { useTranslation } from '../texts';
import type { ViewProps } from './props';
import { DataFlow } from './DataFlow';
import { Duties } from './Duties';
import { Journey } from './Journey';
import s from './Views.module.css';

export type Seen = Exclude<Shape, 'dessin' | 'liste'>;
const VIEWS: Record<Seen, ComponentType<ViewProps>> = { parcours: Journey, donnees: DataFlow, roles: Duties };

interface Props extends Omit<ViewProps, 'lately'> {
  shape: Seen;
  id: string;
}
export default function View({ shape, id, map, onSelect }: Props) {
  const { t } = useTranslation('maps');
  const lately = useLately(id).data;
  const Shown = VIEWS[shape];
  if (map.steps.length === 0) return null;
  return (
    <section className={`${s.sheet} ${p.alone}`} aria-label={t(`shapes.${shape}`)}>
      <div className={s.head}>
        <h2>{t(`shapes.${shape}`)}</h2>
        <span className={s.printed}>{map.title}</span>
        <Button
          className={s.print}
          variant="subtle"
          leftSection={<IconPrinter size={14} />}
          onClick={() => window.print()}
        >
          {t('views.print')}
        </Button>
      </div>
      {map.phases.length === 0 ? (
        <Empty title={t('views.noStep')} />
      ) : (
        <Shown map={map} lately={lately} onSelect={onSelect} />
      )}
    </section>
  );
}
