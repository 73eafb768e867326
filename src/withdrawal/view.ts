// Which part of a drawing is seen: going closer around a point, and never out of it. Pure.

export interface Point {
  x: number
  y: number
}

export interface View extends Point {
  w: number
  h: number
}

/** So many times closer than the whole, and no more. */
export const closest = 24

/** The point stays where it is on the screen; without one, the middle does. `times` 1 only moves a view back into the whole. */
export function zoomed(view: View, whole: View, times: number, around?: Point): View {
  const { x, y } = around ?? { x: view.x + view.w / 2, y: view.y + view.h / 2 }
  const w = Math.min(whole.w, Math.max(whole.w / closest, view.w / times))
  const h = (w * whole.h) / whole.w
  const within = (low: number, all: number, part: number) => Math.min(Math.max(low, 0), all - part)
  return {
    x: within(x - ((x - view.x) / view.w) * w, whole.w, w),
    y: within(y - ((y - view.y) / view.h) * h, whole.h, h),
    w,
    h,
  }
}
