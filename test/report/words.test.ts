/** Words in reports: mathematics in a line, and HTML that lets no word become a tag. */
import { describe, expect, it } from "vitest";
import { markup, prose, verbatim } from "../../src/report/markup.ts";
import { piecesOf } from "../../src/report/formulas.ts";

describe("a line of mathematics", () => {
  it.each([
    ["Θ^M(t)", "Θ<sup>M</sup>(t)"],
    ["M^(-1/2)", "M<sup>−1/2</sup>"],
    ["O(M^-2), 10^6", "O(M<sup>−2</sup>), 10<sup>6</sup>"],
    ["M^2/2", "M<sup>2</sup>/2"],
    ["E|Θ^M-Θ̄|^2", 'E|Θ<sup>M</sup>-<span class="bar">Θ</span>|<sup>2</sup>'],
    ["√M(Θ - Θ̄_k)", '√M(Θ - <span class="bar">Θ</span><sub>k</sub>)'],
    ["cov(E_i, E_j) = C_ij(t)", "cov(E<sub>i</sub>, E<sub>j</sub>) = C<sub>ij</sub>(t)"],
    ["C_k,k+1 and C_i,j", "C<sub>k,k+1</sub> and C<sub>i,j</sub>"],
    ["V_k^2 = b_{k+1}", "V<sub>k</sub><sup>2</sup> = b<sub>k+1</sub>"],
    ["Var Q_k = V_k² t/M", "Var Q<sub>k</sub> = V<sub>k</sub>² t/M"],
    ["(H H^T)_kk = f(x)_{k,k+1}", "(H H<sup>T</sup>)<sub>kk</sub> = f(x)<sub>k,k+1</sub>"],
    ["T_L, T_R", "T<sub>L</sub>, T<sub>R</sub>"],
  ])("%s", (text, html) => expect(prose(text).html).toBe(html));

  it.each(["sqrt_sum and snake_case_name", "a ^ b", "^2", "_x", "E* = ⟨E²⟩", "--bath a-b", ""])(
    "leaves %j as it is",
    (text) => expect(prose(text).html).toBe(text),
  );

  it("loses no letter", () => {
    const text = "the residuals of Θ̄_k and C_ij: E|Θ^M - Θ̄|^2 = tr C / M + O(M^(-2))";
    const letters = (line: string) => line.replace(/[^\p{L}\p{N}]/gu, "");
    expect(
      letters(
        piecesOf(text)
          .map((piece) => piece.text)
          .join(""),
      ),
    ).toBe(letters(text));
  });
});

describe("a template of HTML", () => {
  it("escapes words, wherever they stand", () => {
    const attack = `"><script>alert('&')</script>`;
    const escaped = "&quot;&gt;&lt;script&gt;alert('&amp;')&lt;/script&gt;";
    expect(markup`<a title="${attack}">${[attack, prose(attack)]}</a>`.html).toBe(
      `<a title="${escaped}">${escaped}${escaped}</a>`,
    );
    expect(markup`<b>${markup`<i>${1.5e-7}</i>`}${"a\u0000\nb"}</b>`.html).toBe("<b><i>1.500×10⁻⁷</i>a b</b>");
  });

  it("keeps the lines of what stands verbatim", () => {
    expect(verbatim('{\n  "a": "<\u0007>"\n}').html).toBe("{\n  &quot;a&quot;: &quot;&lt;&gt;&quot;\n}");
  });
});
