import { Loading } from '@/design/states';

export const RecordPage = () => <Loading />;
