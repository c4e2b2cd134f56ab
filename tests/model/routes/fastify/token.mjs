/** Turns requests without a token away. */
export async function requireToken(request, reply) {
  return request.headers.authorization === undefined ? reply.code(401).send({ code: "unauthenticated" }) : undefined;
}

export const answer = async () => ({});
