#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
#
# strongSwan: IKEv2 between two network namespaces.  The initiator's key is in the
# token, and so is each Diffie-Hellman exchange of it (use_dh): of the first exchange,
# and of the rekeying of IKE and CHILD SA.  Pings cross the tunnel.
#
# ESP is done by charon itself (kernel-libipsec), so the kernel needs no more than TUN.
set -u
namespaces='--net --mount'
. "$(dirname "$0")/common.sh"

client strongSwan strongswan-charon
need 'strongswan-charon' /usr/lib/ipsec/charon
need strongswan-swanctl swanctl
need libcharon-extra-plugins /usr/lib/ipsec/plugins/libstrongswan-kernel-libipsec.so
need libstrongswan-extra-plugins /usr/lib/ipsec/plugins/libstrongswan-pkcs11.so
tunnels

# The initiator is there, the responder is here.
network
set_up ip address add 10.9.1.1/32 dev lo
set_up there ip address add 10.9.2.1/32 dev lo

# settings END PLUGIN: strongswan.conf of one end.  With fewer threads the control
# socket and kernel-libipsec wait for each other.
settings() {
	cat > "$1/strongswan.conf" <<-END
		charon {
			load = random nonce x509 constraints pubkey pkcs1 pkcs8 pem $2 openssl kdf hmac \
				sha1 sha2 aes gcm kernel-libipsec kernel-netlink socket-default vici updown
			threads = 16
			filelog {
				log {
					path = $work/$1/log
					flush_line = yes
					default = 1
				}
			}
			plugins {
				vici {
					socket = unix://$work/$1/vici
				}
				pkcs11 {
					use_dh = yes
					use_ecc = yes
					modules {
						token {
							path = $MODULE
						}
					}
				}
			}
		}
		swanctl {
			load = random pem x509 pkcs1 pkcs8 openssl
		}
	END
}

# connection END HERE THERE NET-HERE NET-THERE LOCAL ID GROUP
connection() {
	cat > "$1/swanctl.conf" <<-END
		connections {
			tunnel {
				version = 2
				local_addrs = 192.0.2.$2
				remote_addrs = 192.0.2.$3
				proposals = aes256gcm16-prfsha256-$6
				local {
					auth = pubkey
					$4
				}
				remote {
					auth = pubkey
					id = "CN=$5"
				}
				children {
					net {
						local_ts = 10.9.$2.1/32
						remote_ts = 10.9.$3.1/32
						esp_proposals = aes256gcm16-$6
					}
				}
			}
		}
	END
}

ctl() { # END COMMAND...
	end=$1
	shift
	STRONGSWAN_CONF="$work/$end/strongswan.conf" SWANCTL_DIR="$work/$end" \
		timeout 20 swanctl "$@" --uri "unix://$work/$end/vici"
}

# Each with a /run of its own, where charon keeps its process's number.
charon() { # END START
	"$2" "$1/output" env STRONGSWAN_CONF="$work/$1/strongswan.conf" unshare --mount sh -c \
		'mount -t tmpfs tmpfs /run && exec /usr/lib/ipsec/charon'
	until_true test -S "$1/vici" && sleep 0.3
}

cross() {
	crosses -I 10.9.2.1 10.9.1.1
}

# tunnel NAME ID GROUP
tunnel() {
	rm -rf here there
	mkdir -p here/x509 here/x509ca here/private there/x509ca
	cp ca.pem here/x509ca/
	cp ca.pem there/x509ca/
	cp responder.pem here/x509/
	cp responder.key here/private/
	settings here ''
	settings there pkcs11
	connection here 1 2 'certs = responder.pem' "$1" "$3"
	connection there 2 1 "cert { handle = $2
		module = token
	}" responder "$3"
	cat >> there/swanctl.conf <<-END
		secrets {
			token {
				handle = $2
				module = token
				pin = $PIN
			}
		}
	END
	charon here start && charon there start_there && ctl here --load-all && ctl there --load-all &&
		ctl there --initiate --child net && cross &&
		ctl there --rekey --ike tunnel && until_true grep 'IKE_SA tunnel\[2\] rekeyed' there/log &&
		ctl there --rekey --child net && until_true grep 'CHILD_SA net{2} established' there/log && cross &&
		ctl here --list-sas | tee sas && grep -q "CN=$1" sas ||
		{ tail -n 50 here/log there/log; return 1; }
	ctl there --terminate --ike tunnel > /dev/null 2>&1
}

# exchanged NAME ID GROUP MECHANISM: and the exchanges were the token's, three of them:
# charon falls back to software without a word.
exchanged() {
	tunnel "$@" || return 1
	[ "$MODULE" != "$spy" ] || [ "$(calls | grep -c "^C_DeriveKey:$4 CKR_OK")" -ge 3 ]
}

# --- the tests ------------------------------------------------------------------

make_token
make_ca
make_visitors
make_server responder

proves 'RSA key, and DH of 2048 bits in the token' \
	"$(signed rsa) C_GenerateKeyPair:CKM_DH_PKCS_KEY_PAIR_GEN" \
	exchanged rsa 01 modp2048 CKM_DH_PKCS_DERIVE
proves 'P-256 key, and DH of 3072 bits in the token' \
	"$(signed ec) C_GenerateKeyPair:CKM_DH_PKCS_KEY_PAIR_GEN" \
	exchanged ec 02 modp3072 CKM_DH_PKCS_DERIVE
# Of the lengths of DER it knows those of one byte: the point of P-521 wants two.
long="strongSwan 6.1: it does not understand the encoding of a point of more than 127 bytes"
fault 'P-521 key, and DH of 4096 bits in the token' "$long" "no private key found for 'CN=ec521'" \
	exchanged ec521 03 modp4096 CKM_DH_PKCS_DERIVE
stack="strongSwan before 6.1: it gives the token whatever is on its stack as the peer's point"
for group in ecp256 ecp384; do
	fault "P-256 key, and ECDH in the token, $group" "$stack" 'C_DeriveKey() error' \
		exchanged ec 02 $group CKM_ECDH1_DERIVE
done
fault 'P-256 key, and ECDH in the token, ecp521' "$stack. $long" \
	'C_DeriveKey() error\|applying KE public value failed' exchanged ec 02 ecp521 CKM_ECDH1_DERIVE
finish
