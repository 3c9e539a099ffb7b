/** What the import did, where its records are, and the one way back. */
import { Alert, Anchor, Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { http } from '@/client/http';
import { Figures } from './Figures';
import s from './Imports.module.css';
import { type Import, useAct, useKept } from './queries';
import { useTranslation } from './texts';

export function Done({ one, plural }: { one: Import; plural: string }) {
  const { t } = useTranslation('connectors');
  const [asking, setAsking] = useState(false);
  const undo = useAct(
    () => http.post(`/api/imports/${one.id}/undo`),
    () => setAsking(false),
  );
  const goOn = useAct(() => http.post(`/api/imports/${one.id}/start`));
  const undone = one.state === 'undone';
  return (
    <div className={s.part}>
      <h2>{t(`done.${one.state}`)}</h2>
      {one.result && <Figures counts={one.result} />}
      {one.state === 'stopped' && <p>{t('done.stoppedLead')}</p>}
      {one.undone && (
        <Alert color="gray" variant="light" role="status">
          {t('done.undoneLead', one.undone)}
        </Alert>
      )}
      {one.undone && one.undone.kept > 0 && <Kept one={one} />}
      <div className={s.row}>
        {one.state === 'stopped' && (
          <Button loading={goOn.isPending} onClick={() => goOn.mutate(undefined)}>
            {t('done.goOn')}
          </Button>
        )}
        <Button component={Link} to={`/fiches/${one.object}`} variant={one.state === 'imported' ? 'filled' : 'default'}>
          {t('done.see', { object: plural.toLowerCase() })}
        </Button>
        {!undone && (
          <Button variant="default" onClick={() => setAsking(true)}>
            {t('done.undo')}
          </Button>
        )}
        {one.result !== null && one.result.refused > 0 && (
          <Anchor href={`/api/imports/${one.id}/refused.csv`} size="sm">
            {t('download')}
          </Anchor>
        )}
      </div>
      <Modal opened={asking} onClose={() => setAsking(false)} title={t('done.undoTitle')}>
        <p>{t('done.undoLead')}</p>
        {one.live && <p>{t('done.undoLive')}</p>}
        <div className={s.row}>
          <Button color="red" loading={undo.isPending} onClick={() => undo.mutate(undefined)}>
            {t('done.undoSure')}
          </Button>
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('done.keep')}
          </Button>
        </div>
      </Modal>
    </div>
  );
}
function Kept({ one }: { one: Import }) {
  const { t } = useTranslation('connectors');
  const kept = useKept(one.id, true).data ?? [];
  return (
    <section aria-label={t('done.kept')}>
      <h3>{t('done.kept')}</h3>
      <ul className={s.lines}>
        {kept.map(({ object, id, title, why }) => (
          <li key={`${object}-${id}`}>
            <Link to="/fiches/$object/$id" params={{ object, id: String(id) }}>
              {title}
            </Link>{' '}
            {t(`done.why.${why}`)}
          </li>
        ))}
      </ul>
    </section>
  );
}
