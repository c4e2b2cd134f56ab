import { Phrases } from "./phrases.js";

/** Tokens that are an asset of a blockchain and let nobody in: `gasToken`, `/erc20-tokens`. */
export const assetTokens = new Phrases("gas|erc20|erc721|native|wrapped|staking|reward|lp|liquidity|collateral|payment|fee|swap|bridge|quote|base|fungible token|tokens");
