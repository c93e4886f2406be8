/** How many accounts a Region is asked about at once: each takes a few connections, and a function has about a thousand in all. */
export const ACCOUNTS_AT_ONCE = 40;
