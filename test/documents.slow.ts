/** The code and the commands of the guides, as documents.test.ts runs those of the README. */
import { describe } from "vitest";
import { isGuide, runnable, testBlocks } from "./support/runBlocks.ts";

describe.each(runnable.filter(({ path }) => isGuide(path)))("$path", ({ blocks }) => testBlocks(blocks));
