import "../../platform/ui/styles/fonts.css";
import "../../platform/ui/styles/tokens.css";
import "../../platform/ui/styles/base.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { loadWordings } from "../../platform/administration/ui/wordings.ts";
import { loadParts } from "../../platform/i18n/browser.ts";
import { I18nProvider } from "../../platform/i18n/I18nProvider.tsx";
import { Boundary } from "../../platform/ui/Boundary.tsx";
import { ToastProvider } from "../../platform/ui/Toast.tsx";
import { startTheme } from "../../platform/ui/theme.ts";
import { rememberLanguage, startLanguage } from "./language.ts";
import { queries } from "./queries.ts";
import { RouteProblem } from "./RouteProblem.tsx";
import { Shell } from "./Shell.tsx";
import { prefetchAccess } from "./session.ts";

startTheme();
prefetchAccess(queries);

const language = startLanguage();
const [messages = {}] = await loadParts(language, 0, 1);
const root = document.getElementById("root");
if (!root) throw new Error("index.html has no #root");
createRoot(root).render(
  <StrictMode>
    <QueryClientProvider client={queries}>
      <I18nProvider initial={{ language, messages }} loadWordings={loadWordings} onChange={rememberLanguage}>
        <ToastProvider>
          <Boundary
            instead={(error) => (
              <main id="main">
                <RouteProblem error={error} />
              </main>
            )}
          >
            <Shell />
          </Boundary>
        </ToastProvider>
      </I18nProvider>
    </QueryClientProvider>
  </StrictMode>,
);
