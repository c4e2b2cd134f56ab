import { hashText } from "../../base/hash.js";

/** The keys and phrases with which the chains that run on developers' machines begin, the same on each of them, by their digests: everybody has them, and what belongs to them on a public chain is taken at once. */
const ofLocalChains: ReadonlySet<string> = new Set([
  // Hardhat and Anvil (https://hardhat.org/hardhat-network/docs/reference)
  "222c6705f53e4b22", "ab5947dcd3ded675", "e7e92fe3c2e35833", "feff2cb3e47b2fb7", "762d78cf902491c8", "393928f87fe59f8d",
  "054824c4c252447c", "7abf5cf1aa2bb159", "31b4015734bf2e8f", "a7bf52aba13d6a7e", "050d2a4c06f0a2e9", "2406892d5f54f136",
  "d5c5f4be62d7fc83", "0af250e0f80efac2", "5abed08ba5ea1572", "89f2f63b167f8259", "16dfc40860556204", "e5d4254cc122f439",
  "9afdec50aafb1a3f", "8a86d4bece302b5d", "0986ca90a7d229b2",
  // Ganache (https://github.com/trufflesuite/ganache)
  "97b25e42fab9d464", "2570f7a2ae858364", "329a0babfc7b3191", "ad9ec9da3751e9af", "36987cca94375f5c", "bd268583b9023336",
  "be9e00a0b46922e7", "9df0deeac3fa3b1f", "ab6000367f6f043b", "b5c077408a4b8693", "9ac21c8e2c079879",
  // Truffle (https://archive.trufflesuite.com/docs)
  "489c99b469528c20", "676cf4da7f78ce40", "364061d6aa264b8c", "0eefaea5f72ea055", "ecd85fb52a97ca9e", "fa3e1f7073f54c1c",
  "b715f66ff0929ae9", "dc1db8164338aed7", "1b8d40ec0e7e0ad0", "ba01c5b296cedc0c", "46b65acc3037d856",
  // Besu (https://besu.hyperledger.org/private-networks/reference/accounts-for-testing)
  "53f0b325d7da6945", "364061d6aa264b8c",
  // Nitro of Arbitrum (https://docs.arbitrum.io/run-arbitrum-node/run-local-full-chain-simulation)
  "acd277e53352be5f",
  // ZKsync (https://docs.zksync.io)
  "f3dae28bb97589bd",
  // Rootstock (https://dev.rootstock.io)
  "f70e3c2a1f589394",
  // Substrate (https://docs.polkadot.com)
  "a7bc1430a507f062",
  // Stacks (https://docs.hiro.so)
  "2a2d5c54b00b8102", "33f0863b319422ee",
  // Hedera's local node (https://github.com/hiero-ledger/hiero-local-node)
  "f0df435298b2069c", "79bc70b8adfddb7f", "1458f6bee7c44fd2", "86c1a1c004c5af4e",
]);

/** What a key in DER form begins with. */
const ofForm = /^(?:0x|302e020100300506032b657004220420|3030020100300706052b8104000a04220420)/;

/** Whether a text is the key or the phrase of an account with which a chain on a developer's machine begins. */
export function isOfLocalChain(text: string): boolean {
  if (/^(?:0x)?[0-9a-f]{64,104}$/i.test(text)) return ofLocalChains.has(hashText(text.toLowerCase().replace(ofForm, "")));
  return /^[a-z]{3,8}(?: [a-z]{3,8}){11}$/.test(text) && ofLocalChains.has(hashText(text));
}
