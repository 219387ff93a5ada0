package org.mlxspring.autoconfigure.redaction;

import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.problem.ProblemException;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/redaction")
class RedactionController {

    /** As long as a row may be. */
    private static final int LONGEST = 1_000_000;

    private static final int KEY_LENGTH = 32;

    private final Redaction redaction;
    private final DatasetPlaceholders ofDatasets;
    private final AuditLog audit;
    private final SecureRandom random = new SecureRandom();

    RedactionController(Redaction redaction, DatasetPlaceholders ofDatasets, AuditLog audit) {
        this.redaction = redaction;
        this.ofDatasets = ofDatasets;
        this.audit = audit;
    }

    @PostMapping("/try")
    RedactionTried tryOn(@RequestBody RedactionTry request, @Nullable Principal user) {
        String text = checked(request.text());
        String dataset = request.dataset() == null ? "" : request.dataset().strip();
        Placeholders placeholders = dataset.isEmpty() ? unrelated() : ofDatasets.of(dataset);
        Redaction.Redacted redacted = redaction.redact(text, placeholders);
        audit.record(new AuditEntry(
                UserName.of(user),
                AuditAction.REDACTION_TRIED,
                dataset,
                Optional.empty(),
                Optional.empty(),
                0,
                counts(redacted)));
        return new RedactionTried(redacted.text(), redacted.findings());
    }

    private static String checked(@Nullable String text) {
        if (text == null) {
            throw ProblemException.invalid("Unusable text", "text is missing.", Map.of("setting", "text"));
        }
        int bytes = text.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > LONGEST) {
            throw ProblemException.invalid(
                    "Unusable text",
                    "text has " + bytes + " bytes in UTF-8; at most " + LONGEST + " are possible.",
                    Map.of("setting", "text"));
        }
        return text;
    }

    private Placeholders unrelated() {
        byte[] key = new byte[KEY_LENGTH];
        random.nextBytes(key);
        return Placeholders.keyed(key);
    }

    private static String counts(Redaction.Redacted redacted) {
        Map<String, Long> counts = redacted.findings().stream()
                .collect(Collectors.groupingBy(Finding::type, TreeMap::new, Collectors.counting()));
        return "findings: " + counts;
    }
}
