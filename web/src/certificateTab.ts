/** The certificate's tab: certificates of the live chain, of the theorems, and of strangers. */
import { CertificateCard } from "./certificate.ts";
import { startEngine } from "./startEngine.ts";
import type { Settings } from "./settings.ts";

/** @param live the settings of the live chain at its present time, and its energies then. */
export function mountCertificate(live: () => { settings: Settings; energies: Float64Array | undefined }) {
  let worker: ReturnType<typeof startEngine> | undefined;
  const engine = () => (worker ??= startEngine());
  const card = new CertificateCard({
    prefix: "",
    field: "model",
    elsewhere: "This is a certificate of billiards: their own tab verifies it.",
    engine,
    async certify() {
      const { settings, energies } = live();
      if (!energies) throw new Error("The live chain is not there yet.");
      const found = await engine().certify(settings);
      const isSame = found.energies.every((E, k) => E === energies[k]);
      const said = isSame
        ? `The chain at t = ${settings.t}; its energies are those of the live chain, bit for bit.`
        : `The energies at t = ${settings.t} are not those of the live chain: please report this.`;
      return { certificate: found.certificate, said, isSame };
    },
  });
  return { show: card.show.bind(card), engine };
}
