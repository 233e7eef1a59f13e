package io.qlikbridge.sitesimulator;

import java.io.IOException;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBMPString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.engines.RC2Engine;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.PKCS12PfxPduBuilder;
import org.bouncycastle.pkcs.PKCS12SafeBag;
import org.bouncycastle.pkcs.PKCS12SafeBagBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.bc.BcPKCS12MacCalculatorBuilder;
import org.bouncycastle.pkcs.bc.BcPKCS12PBEOutputEncryptorBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS12SafeBagBuilder;
import org.jspecify.annotations.Nullable;

/** A PKCS#12 file as older Windows writes it: triple DES around the key, 40 bits of RC2 around the certificate, SHA-1. */
final class OldPfx {

    private static final int ITERATIONS = 2000;

    private OldPfx() {}

    /** @param keys nothing for a file without the key */
    static byte[] write(@Nullable KeyPair keys, X509Certificate certificate, char[] password) {
        DEROctetString pair = new DEROctetString(new byte[] {1});
        try {
            PKCS12PfxPduBuilder file = new PKCS12PfxPduBuilder();
            PKCS12SafeBagBuilder shown = new JcaPKCS12SafeBagBuilder(certificate);
            shown.addBagAttribute(PKCS12SafeBag.friendlyNameAttribute, new DERBMPString("qlik"));
            shown.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, pair);
            if (keys != null) {
                PKCS12SafeBagBuilder secret = new JcaPKCS12SafeBagBuilder(
                        keys.getPrivate(),
                        encryptor(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC, new DESedeEngine(), password));
                secret.addBagAttribute(PKCS12SafeBag.localKeyIdAttribute, pair);
                file.addData(secret.build());
            }
            file.addEncryptedData(
                    encryptor(PKCSObjectIdentifiers.pbeWithSHAAnd40BitRC2_CBC, new RC2Engine(), password),
                    shown.build());
            return file.build(new BcPKCS12MacCalculatorBuilder(), password).getEncoded();
        } catch (IOException | PKCSException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static OutputEncryptor encryptor(ASN1ObjectIdentifier algorithm, BlockCipher cipher, char[] password) {
        return new BcPKCS12PBEOutputEncryptorBuilder(algorithm, CBCBlockCipher.newInstance(cipher))
                .setIterationCount(ITERATIONS)
                .build(password);
    }
}
