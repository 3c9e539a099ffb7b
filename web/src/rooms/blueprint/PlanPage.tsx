import { Loading } from '@/design/states';

export const PlanPage = () => <Loading />;
