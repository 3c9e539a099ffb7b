import { Loading } from '@/design/states';

export const MapsPage = () => <Loading />;
