/**
 * Constants of the elementary functions, compiled by asc into the engine and by tsc into the host: the host's own functions
 * (src/rate/elementary.ts) give the bits of the engine's. Decimals are the shortest of their doubles.
 *
 * The polynomials are minimax for the relative error of the whole function, found by Remez exchange in 40 or 50 digits.
 * A name ends in the power of the variable that the coefficient belongs to.
 */

/** (expm1(r) - r) / r^2 on |r| <= ln(2)/2, error 2^-61.7. */
export const EXPM1_0 = 0.5;
export const EXPM1_1 = 0.16666666666666677;
export const EXPM1_2 = 0.0416666666666667;
export const EXPM1_3 = 0.008333333333321615;
export const EXPM1_4 = 0.001388888888886684;
export const EXPM1_5 = 0.00019841269886158774;
export const EXPM1_6 = 2.4801587360551386e-5;
export const EXPM1_7 = 2.75572441817e-6;
export const EXPM1_8 = 2.7557242763271264e-7;
export const EXPM1_9 = 2.510904496419555e-8;
export const EXPM1_10 = 2.0924442336603916e-9;

/** (atanh(s)/s - 1) 2/s^2 as a polynomial in s^2, for log(1 + f) with s = f / (2 + f) and |s| < 0.1716, error 2^-59.5. */
export const ATANH_0 = 0.6666666666666734;
export const ATANH_1 = 0.3999999999941464;
export const ATANH_2 = 0.28571428742396093;
export const ATANH_3 = 0.22222198572235669;
export const ATANH_4 = 0.18183564379271688;
export const ATANH_5 = 0.15314049099796462;
export const ATANH_6 = 0.1479596511171722;

/**
 * tanh x = x - x^3 P(x^2) / Q(x^2), the eighth convergent of Lambert's x / (1 + x^2 / (3 + x^2 / (5 + ..))); the highest
 * coefficients, P_3 and Q_4, are 1. Error 2^-60 at the seam, beyond which tanh exceeds 1/2 and 1 - tanh is taken from 1.
 */
export const TANH_P_0 = 675675.0;
export const TANH_P_1 = 45045.0;
export const TANH_P_2 = 594.0;
export const TANH_Q_0 = 2027025.0;
export const TANH_Q_1 = 945945.0;
export const TANH_Q_2 = 51975.0;
export const TANH_Q_3 = 630.0;
export const TANH_SEAM = 0.55;

/** q^(-1/3) for 0.9075 <= q <= 1.0971, error 2^-24. */
export const CBRT_0 = 1.8739838301212262;
export const CBRT_1 = -1.8772497026699306;
export const CBRT_2 = 1.6100627664758747;
export const CBRT_3 = -0.7509815745558912;
export const CBRT_4 = 0.14418467667722057;
/** `ROUNDING` plus 715093233: a third of the upper 32 bits of x, plus that, are those of its cube root within 3.2%. */
export const CBRT_START = 6755400156148977.0;
export const THIRD = 0.3333333333333333;

export const INVERSE_LN2 = 1.4426950408889634;
/** ln 2, the leading 33 bits: a whole number times it is exact. */
export const LN2_HIGH = 0.6931471803691238;
/** ln 2, the rest. */
export const LN2_LOW = 1.9082149292705877e-10;

/** 1.5 * 2^52: adding it rounds to a whole number, which is then in the low bits. */
export const ROUNDING = 6755399441055744.0;
/** sqrt(1/2) in its upper 32 bits, the lower being 0: numbers from here to twice it have the exponent 0. */
export const ROOT_HALF = 0.7071065902709961;
export const ROOT_HALF_UPPER = 0x3fe6a09e;
/** 2^-1022: below lie the subnormal numbers, which 2^54 makes normal. */
export const LEAST_NORMAL = 2.2250738585072014e-308;
export const TO_NORMAL = 18014398509481984.0;
export const TO_NORMAL_EXPONENT = 54.0;
/** 2^-18, which takes the same back from a cube root. */
export const CBRT_FROM_NORMAL = 0.000003814697265625;
/** exp is 0 below, and infinite above. */
export const EXP_LOWEST = -746.0;
export const EXP_HIGHEST = 710.0;
