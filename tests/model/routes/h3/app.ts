import { H3 } from "h3";
import { answer, checked, requireToken } from "./guards.js";
import { admin, users } from "./users.js";

export const app: H3 = new H3();
app.get("/health", answer);
app.get("/closed/thing", answer);
app.use("/closed/**", requireToken);
app.get("/shut", answer);
app.use("/shut", checked);
app.mount("/api/users", users);
app.mount("/api/admin", admin);
for (const name of ["left", "right"]) app.get(`/sides/${name}`, answer);
app.all("/any", answer);
app.get("/files/**:path", answer);
