#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
echo 1..1; echo ok 1 - wip
