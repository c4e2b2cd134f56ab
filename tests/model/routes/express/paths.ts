export const Section = Object.freeze({ Reports: "/reports" });

export const paths = { orders: { root: "/orders", one: "/:orderId" } } as const;
export const prefix = "/api";
