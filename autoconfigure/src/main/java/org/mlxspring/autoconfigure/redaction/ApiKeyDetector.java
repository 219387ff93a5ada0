package org.mlxspring.autoconfigure.redaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Keys and tokens that say by their first letters whose they are, in the forms that their services publish. */
final class ApiKeyDetector implements Detector {

    static final String TYPE = "API_KEY";

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static final String PLAIN = UPPER + "abcdefghijklmnopqrstuvwxyz";
    private static final String URL_SAFE = PLAIN + "_-";
    private static final String DOTTED = URL_SAFE + ".";
    private static final String HEX = "0123456789abcdefABCDEF";

    private record Form(String prefix, String alphabet, int shortest, int longest) {}

    private static final List<Form> FORMS = List.of(
            new Form("AKIA", UPPER, 16, 16), // AWS access keys
            new Form("ASIA", UPPER, 16, 16),
            new Form("ABIA", UPPER, 16, 16),
            new Form("ghp_", PLAIN, 30, 255), // GitHub
            new Form("gho_", PLAIN, 30, 255),
            new Form("ghu_", PLAIN, 30, 255),
            new Form("ghs_", PLAIN, 30, 255),
            new Form("ghr_", PLAIN, 30, 255),
            new Form("github_pat_", URL_SAFE, 22, 255),
            new Form("glpat-", URL_SAFE, 20, 255), // GitLab
            new Form("gldt-", URL_SAFE, 20, 255),
            new Form("xoxb-", URL_SAFE, 16, 255), // Slack
            new Form("xoxp-", URL_SAFE, 16, 255),
            new Form("xoxa-", URL_SAFE, 16, 255),
            new Form("xoxr-", URL_SAFE, 16, 255),
            new Form("xoxs-", URL_SAFE, 16, 255),
            new Form("xoxe-", URL_SAFE, 16, 255),
            new Form("xapp-", URL_SAFE, 16, 255),
            new Form("hooks.slack.com/services/", PLAIN + "/", 30, 100),
            new Form("AIza", URL_SAFE, 35, 35), // Google
            new Form("ya29.", DOTTED, 20, 2048),
            new Form("GOCSPX-", URL_SAFE, 20, 64),
            new Form("sk_live_", PLAIN, 16, 255), // Stripe
            new Form("sk_test_", PLAIN, 16, 255),
            new Form("rk_live_", PLAIN, 16, 255),
            new Form("rk_test_", PLAIN, 16, 255),
            new Form("pk_live_", PLAIN, 16, 255),
            new Form("pk_test_", PLAIN, 16, 255),
            new Form("whsec_", PLAIN + "+/=", 24, 255),
            new Form("sk-ant-", URL_SAFE, 20, 255), // Anthropic, OpenAI and others of that form
            new Form("sk-proj-", URL_SAFE, 20, 255),
            new Form("sk-", URL_SAFE, 20, 255),
            new Form("hf_", PLAIN, 30, 64), // Hugging Face
            new Form("gsk_", PLAIN, 40, 64),
            new Form("r8_", PLAIN, 37, 37),
            new Form("nvapi-", URL_SAFE, 40, 255),
            new Form("npm_", PLAIN, 36, 36),
            new Form("pypi-", URL_SAFE, 40, 1024),
            new Form("SG.", DOTTED, 40, 255), // SendGrid
            new Form("SK", HEX, 32, 32), // Twilio
            new Form("key-", HEX, 32, 32), // Mailgun
            new Form("xkeysib-", URL_SAFE, 40, 255),
            new Form("dop_v1_", HEX, 64, 64),
            new Form("shpat_", HEX, 32, 32),
            new Form("shpss_", HEX, 32, 32),
            new Form("sq0atp-", URL_SAFE, 22, 64),
            new Form("sq0csp-", URL_SAFE, 22, 64),
            new Form("dckr_pat_", URL_SAFE, 20, 64),
            new Form("hvs.", URL_SAFE, 20, 255),
            new Form("glsa_", URL_SAFE, 32, 64),
            new Form("lin_api_", PLAIN, 32, 64),
            new Form("AGE-SECRET-KEY-1", UPPER, 50, 64));
    private static final int SHORTEST = 20;
    /** The forms by the first character of their prefixes. */
    private static final Map<Character, List<Form>> BY_FIRST =
            FORMS.stream().collect(Collectors.groupingBy(form -> form.prefix.charAt(0)));

    private static final boolean[] FIRST = new boolean[128];

    static {
        BY_FIRST.keySet().forEach(first -> FIRST[first] = true);
    }

    @Override
    public Set<String> types() {
        return Set.of(TYPE);
    }

    @Override
    public List<Finding> find(String text) {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i <= text.length() - SHORTEST; i++) {
            char c = text.charAt(i);
            if (c < FIRST.length && FIRST[c] && begins(text, i)) {
                int end = end(text, i);
                if (end > 0) {
                    findings.add(new Finding(TYPE, i, end));
                    i = end;
                }
            }
        }
        return findings.isEmpty() ? List.of() : findings;
    }

    private static boolean begins(String text, int at) {
        return Chars.startsWord(text, at) && !Chars.is(text, at - 1, '-') && !Chars.is(text, at - 1, '_');
    }

    /** Where a key that begins here ends; 0 if there is none. */
    private static int end(String text, int start) {
        for (Form form : BY_FIRST.getOrDefault(text.charAt(start), List.of())) {
            if (text.startsWith(form.prefix, start)) {
                int from = start + form.prefix.length();
                int end = from;
                while (end < text.length()
                        && end - from <= form.longest
                        && form.alphabet.indexOf(text.charAt(end)) >= 0) {
                    end++;
                }
                while (end > from && ".-".indexOf(text.charAt(end - 1)) >= 0) {
                    end--;
                }
                boolean fits = end - from >= form.shortest && end - from <= form.longest && Chars.endsWord(text, end);
                if (fits && isRandom(text, from, end)) {
                    return end;
                }
            }
        }
        return 0;
    }

    /** Letters and digits, ten of them without a hyphen or underscore between: no name made of words. */
    private static boolean isRandom(String text, int from, int to) {
        boolean digit = false;
        boolean letter = false;
        int run = 0;
        int longest = 0;
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            digit |= Chars.digit(c);
            letter |= Chars.latin(c);
            run = Chars.word(c) ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        return digit && letter && longest >= 10;
    }
}
