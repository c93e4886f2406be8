import { BootstraplessSynthesizer, type IStackSynthesizer } from 'aws-cdk-lib';

/** For templates that any account can take as they are, by a StackSet or by hand: no assets, and nothing that cdk bootstrap made. */
export const templateSynthesizer = (): IStackSynthesizer => new BootstraplessSynthesizer() as IStackSynthesizer;
