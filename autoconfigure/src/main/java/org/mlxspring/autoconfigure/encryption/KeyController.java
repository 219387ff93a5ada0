package org.mlxspring.autoconfigure.encryption;

import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mlxspring.autoconfigure.audit.AuditAction;
import org.mlxspring.autoconfigure.audit.AuditEntry;
import org.mlxspring.autoconfigure.audit.AuditLog;
import org.mlxspring.autoconfigure.web.UserName;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/mlx/api/keys")
class KeyController {

    private final Keyring keyring;
    private final AuditLog audit;

    KeyController(Keyring keyring, AuditLog audit) {
        this.keyring = keyring;
        this.audit = audit;
    }

    @PostMapping("/rotate")
    KeysWrappedView rotate(@Nullable Principal user) {
        int wrapped = keyring.rotateMaster();
        audit.record(new AuditEntry(
                UserName.of(user),
                AuditAction.KEYS_ROTATED,
                "",
                Optional.empty(),
                Optional.empty(),
                0,
                wrapped + " keys of datasets wrapped with the current master key"));
        return new KeysWrappedView(wrapped);
    }
}
