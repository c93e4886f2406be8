/** The kinds of policy that can stand in the way, as the error message names them. */
export type Obstacle = 'identity-based policy' | 'resource-based policy' | 'service control policy' | 'permissions boundary';

/**
 * Why a request was denied: a policy says no, or none of its kind says yes. `hidden` is what a caller from another account
 * hears, who is not to learn whether the key exists.
 */
export type Denial =
  | { readonly kind: 'explicit'; readonly obstacle: Obstacle }
  | { readonly kind: 'implicit'; readonly obstacle: Obstacle }
  | { readonly kind: 'hidden' };

const article = (obstacle: Obstacle): string => (obstacle.startsWith('identity') ? 'an' : 'a');

/**
 * The words of AccessDeniedException.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html
 * @param action with its prefix, `kms:Decrypt`
 */
export const denialText = (callerArn: string, action: string, resource: string, denial: Denial): string => {
  const who = `User: ${callerArn} is not authorized to perform: ${action} on`;
  switch (denial.kind) {
    case 'explicit':
      return `${who} resource: ${resource} with an explicit deny in ${article(denial.obstacle)} ${denial.obstacle}`;
    case 'implicit':
      return `${who} resource: ${resource} because no ${denial.obstacle} allows the ${action} action`;
    case 'hidden':
      return (
        `${who} this resource because the resource does not exist in this Region, no resource-based policies allow access, ` +
        'or a resource-based policy explicitly denies access'
      );
  }
};
