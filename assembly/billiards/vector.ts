/** Vectors of the plane, in one register. */
export class Vector {
  @inline static of(x: f64, y: f64): v128 {
    return f64x2.replace_lane(f64x2.splat(x), 1, y);
  }
  @inline static dot(a: v128, b: v128): f64 {
    const products = f64x2.mul(a, b);
    return f64x2.extract_lane(products, 0) + f64x2.extract_lane(products, 1);
  }
  /** a + f b. */
  @inline static sum(a: v128, f: f64, b: v128): v128 {
    return f64x2.add(a, f64x2.mul(f64x2.splat(f), b));
  }
}
