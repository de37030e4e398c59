/**
 * TLP 2.0 AMBER+STRICT: for the recipient's own organisation and nobody else. Id, date and extension are fixed.
 * Source: OASIS, cti-stix-common-objects, extension-definition-specifications/tlp-2.0 (October 2022), after FIRST, Traffic
 * Light Protocol 2.0 (August 2022).
 */
export const TLP_MARKING = {
  type: 'marking-definition',
  spec_version: '2.1',
  id: 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003',
  created: '2022-10-01T00:00:00.000Z',
  name: 'TLP:AMBER+STRICT',
  extensions: {
    'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d': {
      extension_type: 'property-extension',
      tlp_2_0: 'amber+strict',
    },
  },
} as const
