import java.util.function.UnaryOperator;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.TokenExchangeOAuth2AuthorizedClientProvider;
import org.springframework.security.oauth2.client.endpoint.RestClientTokenExchangeTokenResponseClient;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** Users' tokens at Qlik, by Spring Security's own client. One object for the whole application. */
public class QlikTokens implements UnaryOperator<String> {

    private final AuthorizedClientServiceOAuth2AuthorizedClientManager clients;

    public QlikTokens(String bridge, String clientId, String clientSecret, String connection) {
        RestClientTokenExchangeTokenResponseClient endpoint = new RestClientTokenExchangeTokenResponseClient();
        endpoint.setParametersCustomizer(parameters -> {
            // leave this line out if the subject token is a user's access token
            parameters.set("subject_token_type", "urn:qlik-bridge:token-type:username");
            parameters.set("audience", connection);
        });
        TokenExchangeOAuth2AuthorizedClientProvider exchange = new TokenExchangeOAuth2AuthorizedClientProvider();
        exchange.setAccessTokenResponseClient(endpoint);
        exchange.setSubjectTokenResolver(
                context -> () -> context.getPrincipal().getName());

        InMemoryClientRegistrationRepository registrations =
                new InMemoryClientRegistrationRepository(ClientRegistration.withRegistrationId("qlik")
                        .clientId(clientId)
                        .clientSecret(clientSecret)
                        .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
                        .tokenUri(bridge + "/oauth2/token")
                        .build());
        clients = new AuthorizedClientServiceOAuth2AuthorizedClientManager(
                registrations, new InMemoryOAuth2AuthorizedClientService(registrations));
        clients.setAuthorizedClientProvider(exchange);
    }

    /** The token of this user, the same until a minute before its end. */
    @Override
    public String apply(String user) {
        return clients.authorize(OAuth2AuthorizeRequest.withClientRegistrationId("qlik")
                        .principal(user)
                        .build())
                .getAccessToken()
                .getTokenValue();
    }
}
