// SPDX-License-Identifier: Apache-2.0
//
// What a Java program does with keys of a token, each part checked by Java's own
// providers:
//
//     java Client CONFIGURATION PIN PART ARGUMENT...
//
// A part ends with an exception, and so with a status, when the two do not agree.
import java.net.InetAddress;
import java.security.*;
import java.security.cert.X509Certificate;
import java.security.spec.*;
import java.util.Arrays;
import javax.crypto.*;
import javax.crypto.interfaces.*;
import javax.crypto.spec.*;
import javax.net.ssl.*;

public class Client {
	static final byte[] TEXT = "a text to be signed and sealed".getBytes();
	static Provider token;
	static KeyStore store;
	static char[] pin;

	public static void main(String[] arguments) throws Exception {
		token = Security.getProvider("SunPKCS11").configure(arguments[0]);
		pin = arguments[1].toCharArray();
		// Last, so that nothing gets there but what is sent there or has its key there.
		Security.addProvider(token);
		store = KeyStore.getInstance("PKCS11", token);
		store.load(null, pin);
		switch (arguments[2]) {
		case "sign" -> sign(arguments[3], arguments[4]);
		case "agree" -> agree(arguments[3]);
		case "ephemeral" -> ephemeral(arguments[3], arguments[4]);
		case "unwrap" -> unwrap(arguments[3]);
		case "cipher" -> cipher(arguments[3]);
		case "mac" -> mac();
		case "tls" -> tls(arguments[3], arguments[4]);
		default -> throw new IllegalArgumentException(arguments[2]);
		}
	}

	static void agreed(byte[] ours, byte[] theirs) throws GeneralSecurityException {
		if (ours.length == 0 || !Arrays.equals(ours, theirs))
			throw new GeneralSecurityException("the token and Java differ");
	}

	static PrivateKey privateKey(String alias) throws Exception {
		return (PrivateKey)store.getKey(alias, pin);
	}

	// The public key as an encoding, so that Java's own provider works with it.
	static PublicKey publicKey(String alias) throws Exception {
		return foreign(store.getCertificate(alias).getPublicKey());
	}

	static PublicKey foreign(PublicKey key) throws Exception {
		String provider = switch (key.getAlgorithm()) {
			case "EC" -> "SunEC";
			case "DH" -> "SunJCE";
			default -> "SunRsaSign";
		};
		return KeyFactory.getInstance(key.getAlgorithm(), provider)
			.generatePublic(new X509EncodedKeySpec(key.getEncoded()));
	}

	static void sign(String alias, String algorithm) throws Exception {
		var ours = Signature.getInstance(algorithm, token);
		var theirs = Signature.getInstance(algorithm, alias.startsWith("ec") ? "SunEC" : "SunRsaSign");
		if (algorithm.equals("RSASSA-PSS")) {
			var pss = new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1);
			ours.setParameter(pss);
			theirs.setParameter(pss);
		}
		ours.initSign(privateKey(alias));
		ours.update(TEXT);
		byte[] signature = ours.sign();
		theirs.initVerify(publicKey(alias));
		theirs.update(TEXT);
		if (!theirs.verify(signature))
			throw new SignatureException("Java does not verify the token's signature");
		ours.initVerify(publicKey(alias));
		ours.update(TEXT);
		if (!ours.verify(signature))
			throw new SignatureException("the token does not verify its own signature");
	}

	static byte[] secret(String algorithm, Object provider, PrivateKey key, PublicKey peer)
		throws Exception {
		var agreement = provider instanceof Provider p ? KeyAgreement.getInstance(algorithm, p)
			: KeyAgreement.getInstance(algorithm, (String)provider);
		agreement.init(key);
		agreement.doPhase(peer, true);
		return agreement.generateSecret();
	}

	static void agree(String alias) throws Exception {
		var generator = KeyPairGenerator.getInstance("EC", "SunEC");
		generator.initialize(((java.security.interfaces.ECKey)publicKey(alias)).getParams());
		KeyPair peer = generator.generateKeyPair();
		agreed(secret("ECDH", token, privateKey(alias), peer.getPublic()),
			secret("ECDH", "SunEC", peer.getPrivate(), publicKey(alias)));
	}

	static void ephemeral(String algorithm, String group) throws Exception {
		boolean ec = algorithm.equals("EC");
		String name = ec ? "ECDH" : "DH", own = ec ? "SunEC" : "SunJCE";
		var generator = KeyPairGenerator.getInstance(algorithm, token);
		if (ec)
			generator.initialize(new ECGenParameterSpec(group));
		else
			generator.initialize(Integer.parseInt(group));
		KeyPair ours = generator.generateKeyPair();
		PublicKey sent = foreign(ours.getPublic());
		var peers = KeyPairGenerator.getInstance(algorithm, own);
		if (ec)
			peers.initialize(((java.security.interfaces.ECKey)sent).getParams());
		else
			peers.initialize(((DHPublicKey)sent).getParams());
		KeyPair peer = peers.generateKeyPair();
		agreed(secret(name, token, ours.getPrivate(), peer.getPublic()),
			secret(name, own, peer.getPrivate(), sent));
	}

	static void unwrap(String alias) throws Exception {
		byte[] value = new byte[32];
		new SecureRandom().nextBytes(value);
		var theirs = Cipher.getInstance("RSA/ECB/PKCS1Padding", "SunJCE");
		theirs.init(Cipher.WRAP_MODE, publicKey(alias));
		byte[] wrapped = theirs.wrap(new SecretKeySpec(value, "AES"));
		var ours = Cipher.getInstance("RSA/ECB/PKCS1Padding", token);
		ours.init(Cipher.UNWRAP_MODE, privateKey(alias));
		Key key = ours.unwrap(wrapped, "AES", Cipher.SECRET_KEY);
		var iv = new IvParameterSpec(new byte[16]);
		agreed(run("AES/CBC/PKCS5Padding", token, Cipher.ENCRYPT_MODE, key, iv, TEXT),
			run("AES/CBC/PKCS5Padding", null, Cipher.ENCRYPT_MODE, new SecretKeySpec(value, "AES"),
				iv, TEXT));
	}

	static byte[] run(String transformation, Provider provider, int mode, Key key,
		AlgorithmParameterSpec iv, byte[] input) throws Exception {
		var cipher = provider != null ? Cipher.getInstance(transformation, provider)
			: Cipher.getInstance(transformation, "SunJCE");
		cipher.init(mode, key, iv);
		if (transformation.contains("GCM"))
			cipher.updateAAD("seen by all".getBytes());
		return cipher.doFinal(input);
	}

	static void cipher(String transformation) throws Exception {
		var generator = KeyGenerator.getInstance("AES", token);
		generator.init(256);
		SecretKey key = generator.generateKey();
		AlgorithmParameterSpec iv = transformation.contains("GCM")
			? new GCMParameterSpec(128, new byte[12]) : new IvParameterSpec(new byte[16]);
		byte[] sealed = run(transformation, token, Cipher.ENCRYPT_MODE, key, iv, TEXT);
		agreed(run(transformation, token, Cipher.DECRYPT_MODE, key, iv, sealed), TEXT);
		// A key that both know.
		Key known = new SecretKeySpec(Arrays.copyOf(TEXT, 16), "AES");
		agreed(run(transformation, token, Cipher.ENCRYPT_MODE, known, iv, TEXT),
			run(transformation, null, Cipher.ENCRYPT_MODE, known, iv, TEXT));
	}

	static void mac() throws Exception {
		var key = new SecretKeySpec(TEXT, "HmacSHA256");
		var ours = Mac.getInstance("HmacSHA256", token);
		var theirs = Mac.getInstance("HmacSHA256", "SunJCE");
		ours.init(key);
		theirs.init(key);
		agreed(ours.doFinal(TEXT), theirs.doFinal(TEXT));
	}

	static void tls(String alias, String version) throws Exception {
		// Both ends show this one certificate, and take no other.
		var keys = KeyStore.Builder.newInstance("PKCS12", null, new KeyStore.PasswordProtection(pin))
			.getKeyStore();
		keys.load(null, null);
		var anchors = keys;
		anchors.setCertificateEntry("peer", store.getCertificate(alias));
		var trust = TrustManagerFactory.getInstance("PKIX");
		trust.init(anchors);
		var shown = new X509Certificate[] { (X509Certificate)store.getCertificate(alias) };
		PrivateKey key = privateKey(alias);
		var manager = new X509ExtendedKeyManager() {
			public String[] getClientAliases(String type, Principal[] issuers) {
				return new String[] { alias };
			}
			public String[] getServerAliases(String type, Principal[] issuers) {
				return new String[] { alias };
			}
			public String chooseClientAlias(String[] types, Principal[] issuers, java.net.Socket s) {
				return alias;
			}
			public String chooseServerAlias(String type, Principal[] issuers, java.net.Socket s) {
				return key.getAlgorithm().equals(type) ? alias : null;
			}
			public X509Certificate[] getCertificateChain(String name) { return shown; }
			public PrivateKey getPrivateKey(String name) { return key; }
		};
		var context = SSLContext.getInstance("TLS");
		context.init(new KeyManager[] { manager }, trust.getTrustManagers(), null);
		var server = (SSLServerSocket)context.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
		server.setNeedClientAuth(true);
		var echo = new Thread(() -> {
			try (var socket = server.accept()) {
				socket.getInputStream().transferTo(socket.getOutputStream());
			} catch (Exception e) {
				e.printStackTrace();
			}
		});
		echo.setDaemon(true);
		echo.start();
		try (var socket = (SSLSocket)context.getSocketFactory()
			.createSocket(InetAddress.getLoopbackAddress(), server.getLocalPort())) {
			socket.setSoTimeout(20000);
			socket.setEnabledProtocols(new String[] { version });
			socket.startHandshake();
			if (!socket.getSession().getProtocol().equals(version))
				throw new SSLException(socket.getSession().getProtocol());
			socket.getOutputStream().write(TEXT);
			agreed(socket.getInputStream().readNBytes(TEXT.length), TEXT);
			agreed(socket.getSession().getPeerCertificates()[0].getEncoded(), shown[0].getEncoded());
			System.out.println(version + " " + socket.getSession().getCipherSuite());
		}
	}
}
