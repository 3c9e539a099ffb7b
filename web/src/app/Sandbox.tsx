/** Says that one works in a sandbox, and the two ways out of it. */
import { Button } from '@mantine/core';
import { http } from '@/client/http';
import { toastProblem } from '@/client/toast';
import { useTranslation } from '@/i18n';
import s from './Shell.module.css';

export default function Sandbox() {
  const { t } = useTranslation('app');
  const out = (leave: () => Promise<unknown>) => async () => {
    try {
      await leave();
      location.assign('/plan');
    } catch (error) {
      toastProblem(error);
    }
  };
  return (
    <div className={s.seen} role="status">
      <span>
        <b>{t('sandbox.here')}</b> {t('sandbox.lead')}
      </span>
      <Button variant="default" size="compact-sm" onClick={out(() => http.post('/api/sandbox/leave'))}>
        {t('sandbox.leave')}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={out(() => http.delete('/api/sandbox'))}>
        {t('sandbox.throw')}
      </Button>
    </div>
  );
}
