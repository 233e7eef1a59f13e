package io.qlikbridge.tokenexchange;

import io.qlikbridge.oauth.ExtensionGrant;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.web.authentication.AuthenticationConverter;
import org.springframework.stereotype.Component;

/** Token exchange as a grant of the token endpoint. */
@Component
class TokenExchangeGrant implements ExtensionGrant {

    static final String TYPE = AuthorizationGrantType.TOKEN_EXCHANGE.getValue();

    private final TokenExchange exchange;

    TokenExchangeGrant(TokenExchange exchange) {
        this.exchange = exchange;
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public AuthenticationConverter converter() {
        return new TokenExchangeConverter();
    }

    @Override
    public AuthenticationProvider provider() {
        return new TokenExchangeProvider(exchange);
    }
}
